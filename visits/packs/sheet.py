"""A pack's XLSX."""

from django.utils.translation import gettext as _

from visits.statistics.spreadsheet import Workbook, visit_heads


def write(path, contents):
    """The workbook of one pack. `contents` is what gather.contents_of gave."""
    with Workbook(path) as book:
        head = [(_("Month"), contents.month), (_("Date"), contents.day), (_("Department"), contents.department)]
        if contents.person:
            head.append((_("Person"), contents.person))
        figures = [[str(figure.label), (figure.unit, number)] for figure, number in contents.figures]
        book.sheet(_("Month"), [_("Figure"), contents.month], [*head, *figures], widths=(30, 24), title=contents.title)
        if contents.people:
            _people(book, contents.people)
        book.sheet(_("Visits"), visit_heads(), contents.visits, widths=(15, 16, 12, 16, 16, 28, 18, 10, 12, 16, 16, 10))
        if contents.attendance:
            heads, rows = contents.attendance
            book.sheet(_("Attendance"), heads, rows, widths=(14, 14))
        if contents.missing:
            book.sheet(_("Missing"), [_("Whose"), _("Missing")], [list(gap) for gap in contents.gaps()], widths=(14, 50))
        if contents.files:
            rows = [[visit, name, stored.size, stored.sha256] for visit, name, stored in contents.files]
            book.sheet(_("Files"), [_("Visit"), _("File"), _("size in bytes"), "SHA-256"], rows, widths=(15, 40, 14, 66))


def _people(book, people):
    """A row a person; columns are all figures that anybody has."""
    columns = {figure.code: figure for _name, figures in people for figure, _number in figures}
    rows = []
    for name, figures in people:
        found = {figure.code: number for figure, number in figures}
        rows.append([name, *((figure.unit, found.get(code)) for code, figure in columns.items())])
    book.sheet(_("People"), [_("Name"), *(figure.label for figure in columns.values())], rows, widths=(16,))
