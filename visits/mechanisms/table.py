"""What the software does for each rule of the catalogue, and the tests that show it. Pure: the catalogue's rules in, rows out.

Gates, checks and principles have one mechanism each, whatever they say; what the software does for one of them besides stands in
BESIDES. A rule that the software itself enforces names its own in SYSTEM. Such a rule that is missing there is a gap: it is shown
as one and never called done, and a test holds the list of gaps.
"""

from dataclasses import dataclass

# enforcement → (room, test)
BY_ENFORCEMENT = {
    "gate": ("conduct/checklists", "tests/visits/records/test_gates.py::test_one_no_on_a_gate_still_stops"),
    "check": ("conduct/checklists", "tests/visits/records/test_gates.py::test_a_check_waits_for_an_answer_and_a_no_is_reported"),
    "brief": ("conduct/rules", "tests/conduct/rules/test_editions.py::test_wang_cannot_confirm_before_he_has_read"),
}
# code of a gate, check or principle for which the software does something besides → (room, test, …)
BESIDES = {
    "prepare.identity": (
        "visits/records",
        "tests/visits/records/test_privacy.py::test_the_customer_reads_the_agreed_name_and_not_the_real_one",
        "tests/test_canaries.py::test_nothing_that_a_customer_gets_tells_who_the_engineer_is_or_for_whom_else_he_works",
    ),
    "room.consent": (
        "visits/permits",
        "tests/visits/permits/test_packs.py::test_it_is_on_the_laptop_at_the_door",
        "tests/visits/records/test_gates.py::test_a_machine_room_that_nobody_entered_is_not_signed_without_the_consent_or_a_reason",
    ),
    "room.items_in": ("visits/records", "tests/visits/records/test_items.py::test_nobody_leaves_while_something_is_missing"),
    "room.items_out": ("visits/records", "tests/visits/records/test_items.py::test_nobody_leaves_while_something_is_missing"),
    "change.form": (
        "visits/changes",
        "tests/visits/changes/test_changes.py::test_our_approval_alone_is_not_enough",
        "tests/visits/changes/test_changes.py::test_the_form_itself_answers_the_rule_that_asks_for_it",
    ),
    "change.runbook": ("visits/changes", "tests/visits/changes/test_changes.py::test_its_gates_are_asked_first_and_each_step_is_logged"),
    "change.duration": ("visits/changes", "tests/visits/changes/test_preparing.py::test_what_does_not_fit_into_its_window_is_said_beside_the_field"),
    "change.after_tests": ("visits/changes", "tests/visits/changes/test_changes.py::test_a_failed_test_ends_in_rolled_back_without_a_lie"),
    "training.attendance": (
        "visits/records", "tests/visits/records/test_training.py::test_a_training_that_was_never_begun_is_not_signed_without_its_sheet_or_a_reason"
    ),
    "training.assessment": ("visits/records", "tests/visits/records/test_training.py::test_a_sheet_without_results_is_not_signed_either"),
    "after.customer_documents": ("visits/records", "tests/visits/records/test_archiving.py::test_what_is_asked_before_archiving_is_answered_by_chen"),
    "brief.identity_secret": ("visits/schedule", "tests/test_canaries.py::test_an_identity_that_was_agreed_with_one_customer_is_not_proposed_for_another"),
    "brief.identity_hq": (
        "visits/papers", "tests/test_canaries.py::test_nothing_that_a_customer_gets_tells_who_the_engineer_is_or_for_whom_else_he_works"
    ),
    "brief.hq_documents": ("visits/documents", "tests/visits/documents/test_documents.py::test_wu_hands_a_plan_to_wang_who_opens_it_with_his_name_on_it"),
}  # fmt: skip
# code of a rule that the software itself enforces → (room, test, …)
SYSTEM = {
    "prepare.time_agreed": ("visits/schedule", "tests/visits/records/test_conduct.py::test_a_visit_counts_and_has_its_record_once_its_engineer_has_agreed"),
    "prepare.record_issued": (
        "visits/schedule",
        "tests/visits/records/test_conduct.py::test_a_visit_counts_and_has_its_record_once_its_engineer_has_agreed",
        "tests/visits/schedule/test_appointments.py::test_accepting_issues_record_numbers_without_gaps",
    ),
    "prepare.staffing_change": ("visits/informing", "tests/visits/informing/test_informing.py::test_who_moves_a_confirmed_visit_owes_the_customer_a_word_and_a_remedy"),
    "arrive.late_notice": ("visits/informing", "tests/visits/informing/test_informing.py::test_a_notice_of_delay_reaches_the_dispatcher_and_chen_notes_whom_she_told"),
    "arrive.on_time": (
        "visits/records",
        "tests/visits/records/test_conduct.py::test_an_arrival_bears_both_clocks_and_headquarters_sees_where_they_differ",
        "tests/visits/breaches/test_seeing.py::test_late_without_notice_is_raised_by_itself",
    ),
    "work.scope_only": (
        "visits/escalations",
        "tests/visits/records/test_entries.py::test_work_outside_the_scope_is_refused_with_the_way_out",
        "tests/visits/escalations/test_scope_changes.py::test_headquarters_says_do_it_now_and_the_customer_signs_a_new_item",
    ),
    "work.ask_hq_technical": (
        "visits/escalations",
        "tests/visits/escalations/test_questions.py::test_a_technical_question_goes_to_an_online_engineer_and_a_business_one_to_the_dispatcher",
        "tests/visits/records/test_entries.py::test_a_question_reaches_headquarters_and_its_answer_the_engineer",
    ),
    "work.ask_hq_business": (
        "visits/escalations",
        "tests/visits/escalations/test_questions.py::test_a_technical_question_goes_to_an_online_engineer_and_a_business_one_to_the_dispatcher",
    ),
    "work.no_denial": ("visits/records", "tests/visits/records/test_conduct.py::test_another_cause_than_headquarters_is_put_to_it_first"),
    "work.unable_confirmed": ("visits/waivers", "tests/visits/waivers/test_waivers.py::test_qian_confirms_and_engineer_and_dispatcher_are_told"),
    "work.no_private_contact": (
        "conduct/privacy",
        "tests/visits/records/test_privacy.py::test_what_the_customer_reads_holds_no_private_number",
        "tests/visits/remote/test_remote.py::test_wang_hands_over_from_his_visit",
    ),
    "work.promises": (
        "visits/promises",
        "tests/visits/promises/test_promises.py::test_a_promise_of_the_record_is_wangs_to_keep_and_whoever_calls_sees_it",
        "tests/visits/promises/test_promises.py::test_not_kept_is_said_with_the_reason_and_stands_on_the_trail",
    ),
    "work.same_day": ("visits/points", "tests/visits/points/test_owners.py::test_what_nobody_dealt_with_is_loud_for_its_owner_and_the_dispatcher_until_it_is_reported"),
    "work.first_asked": ("visits/points", "tests/visits/points/test_owners.py::test_whoever_was_asked_first_owns_it_until_somebody_takes_it_over"),
    "work.no_leaving": ("visits/breaches", "tests/visits/breaches/test_leaving.py::test_without_a_consent_it_is_taken_down_marked_and_looked_at"),
    "work.delay_accepted": ("visits/postponements", "tests/visits/postponements/test_postponing.py::test_the_customer_accepts_by_link"),
    "work.parts_noted": ("visits/records", "tests/visits/records/test_conduct.py::test_what_the_customer_signs_holds_times_parts_and_opinion"),
    "work.project_plan": ("conduct/projects", "tests/conduct/projects/test_projects.py::test_wang_keeps_his_plan_and_what_does_not_fit_is_said_beside_its_field"),
    "training.signed": ("visits/signoff", "tests/visits/records/test_training.py::test_the_customer_signs_the_training_sheet_and_the_paper_shows_it"),
    "change.window": ("visits/changes", "tests/visits/changes/test_changes.py::test_outside_of_its_window_it_is_locked"),
    "change.no_verbal": (
        "visits/changes",
        "tests/visits/changes/test_changes.py::test_what_was_said_is_noted_as_asked_and_nothing_can_begin",
        "tests/visits/changes/test_changes.py::test_our_approval_alone_is_not_enough",
    ),
    "signoff.times": (
        "visits/signoff",
        "tests/visits/records/test_conduct.py::test_what_the_customer_signs_holds_times_parts_and_opinion",
        "tests/visits/signoff/test_signing.py::test_another_hash_is_stored_and_marked_but_never_signed",
    ),
    "signoff.sign_and_stamp": (
        "visits/signoff",
        "tests/visits/signoff/test_signing.py::test_the_sign_page_says_which_field_is_missing",
        "tests/visits/signoff/test_signing.py::test_a_sheet_signed_by_hand_is_matched_by_its_qr_code",
    ),
    "signoff.opinion": ("visits/signoff", "tests/visits/records/test_conduct.py::test_what_the_customer_signs_holds_times_parts_and_opinion"),
    "signoff.refusal": ("visits/signoff", "tests/visits/signoff/test_signing.py::test_a_refusal_is_a_record_too"),
    "after.sent_to_hq": ("visits/delivery", "tests/faxline/test_by_wire.py::test_a_signed_record_reaches_the_fax_machine_and_both_mailboxes"),
    "after.unresolved_tracked": ("visits/points", "tests/visits/points/test_points.py::test_a_point_becomes_one_ticket_only"),
    "after.reply_reviewed": ("visits/replies", "tests/visits/replies/test_replies.py::test_what_changes_after_the_review_is_reviewed_again"),
    "after.complaint": ("visits/complaints", "tests/visits/complaints/test_complaints.py::test_from_the_follow_up_call_to_a_manager_who_closes_it"),
    "after.knowledge": ("conduct/knowledge", "tests/conduct/knowledge/test_articles.py::test_an_answered_question_becomes_an_article_that_helps_the_next_time"),
    "after.feedback_kept": ("visits/evaluations", "tests/visits/evaluations/test_links.py::test_the_customer_writes_once"),
    "followup.call": ("visits/followup", "tests/visits/followup/test_follow_up.py::test_a_called_visit_is_archived_and_counted"),
    "followup.archive": (
        "visits/followup",
        "tests/visits/followup/test_follow_up.py::test_a_called_visit_is_archived_and_counted",
        "tests/visits/followup/test_follow_up.py::test_what_an_archive_asks_for",
    ),
    "followup.conduct_report": ("conduct/violations", "tests/conduct/violations/test_violations.py::test_the_engineer_is_asked_first_and_then_it_is_ruled"),
    "followup.contact_penalty": (
        "conduct/violations",
        "tests/conduct/violations/test_frame.py::test_a_contractor_who_left_private_contact_details_loses_half_to_all_and_is_barred",
        "tests/conduct/violations/test_violations.py::test_private_contact_details_cost_a_contractor_fee_and_visits",
    ),
    "travel.lodging": ("visits/trips", "tests/visits/trips/test_trips.py::test_where_he_sleeps_is_told_to_his_line_manager"),
    "travel.return_consent": ("visits/trips", "tests/visits/trips/test_trips.py::test_the_return_needs_the_line_manager_and_the_executive_both"),
    "travel.report_in_time": ("visits/trips", "tests/visits/trips/test_settling.py::test_the_report_is_asked_for_once_before_and_on_its_day_and_then_loudly"),
    "ticket.intake": ("conduct/repairs", "tests/conduct/repairs/test_reporting.py::test_a_teacher_reports_by_label_and_follows_the_ticket"),
    "ticket.no_personal": ("conduct/repairs", "tests/conduct/repairs/test_reporting.py::test_a_personal_device_is_refused_politely"),
    "ticket.maintenance": ("conduct/rounds", "tests/conduct/rounds/test_rounds.py::test_a_round_is_made_on_its_day_once_with_everything_at_the_site"),
    "ticket.quadrant": ("conduct/repairs", "tests/conduct/repairs/test_triage.py::test_the_first_sorting_counts_from_the_report_over_lunch"),
    "ticket.teaching_first": ("conduct/repairs", "tests/conduct/repairs/test_triage.py::test_teaching_equipment_comes_first_over_all_or_within_its_quadrant"),
    "ticket.feedback": ("conduct/repairs", "tests/conduct/repairs/test_pages.py::test_the_reporter_is_content_and_the_ticket_closes"),
    "ticket.spare_swap": ("conduct/repairs", "tests/conduct/repairs/test_swapping.py::test_a_spare_stands_in_until_the_repair_and_its_media_are_accounted_for"),
    "ticket.course_standard": ("conduct/preparations", "tests/conduct/preparations/test_preparing.py::test_from_the_standard_to_the_ready_room"),
    "ticket.exam_lead_times": ("conduct/preparations", "tests/conduct/preparations/test_preparing.py::test_each_kind_has_its_days"),
    "ticket.cross_department": ("conduct/repairs", "tests/conduct/repairs/test_ordering.py::test_it_waits_for_the_line_managers_order"),
    "ticket.technical_help": ("conduct/repairs", "tests/conduct/repairs/test_repairing.py::test_help_is_asked_and_answered_once"),
    "stock.slips": ("conduct/stock", "tests/conduct/stock/test_slips.py::test_things_come_in_and_go_out"),
    "stock.purchase": (
        "conduct/purchases",
        "tests/conduct/purchases/test_buying.py::test_what_is_missing_is_said_before_anybody_is_asked",
        "tests/conduct/purchases/test_buying.py::test_a_small_purchase_from_wish_to_shelf",
    ),
    "stock.project_plan": ("conduct/purchases", "tests/conduct/purchases/test_policy.py::test_what_is_missing_is_named"),
    "month.pack": (
        "visits/packs",
        "tests/visits/packs/test_reading.py::test_the_day",
        "tests/visits/packs/test_packs.py::test_everybody_and_every_department_hands_in_once",
        "tests/visits/packs/test_packs.py::test_what_a_pack_holds",
    ),
    "month.file_name": ("visits/packs", "tests/visits/packs/test_reading.py::test_names_are_date_department_person"),
    "office.payment": ("conduct/projects", "tests/conduct/projects/test_projects.py::test_an_overdue_payment_is_loud_and_reminded_of_once"),
    "office.attendance": (
        "conduct/attendance",
        "tests/conduct/attendance/test_pages.py::test_clocking_in_on_the_page",
        "tests/conduct/attendance/test_leave.py::test_the_line_manager_is_asked_and_approves",
        "tests/conduct/attendance/test_leave.py::test_on_a_customers_premises_the_customer_is_asked_first",
    ),
    "office.penalty": ("conduct/violations", "tests/conduct/violations/test_violations.py::test_the_engineer_is_asked_first_and_then_it_is_ruled"),
}  # fmt: skip


@dataclass(frozen=True)
class Mechanism:
    """What answers for one rule: `ways` are [(room, [test, …]), …], none where nothing in the software does."""

    rule: object
    ways: list

    @property
    def is_gap(self):
        return not self.ways


def mechanisms(rules):
    """[Mechanism, …] of the rules, in their order."""
    return [Mechanism(rule, [(room, tests) for room, *tests in _ways(rule)]) for rule in rules]


def _ways(rule):
    if rule.enforce == "system":
        return [SYSTEM[rule.code]] if rule.code in SYSTEM else []
    return [BY_ENFORCEMENT[rule.enforce], *([BESIDES[rule.code]] if rule.code in BESIDES else [])]
