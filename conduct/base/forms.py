import datetime
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from .days import in_reach
from .errors import DomainError
from .tables import Unreadable
from .unseen import Unseen

LARGEST_SHEET = 2 << 20
NAMED = 30


class Crispy:
    """Every form of the house: laid out by crispy, without its own <form> tag, so that a page may hold several."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False


class Form(Crispy, forms.Form):
    pass


class ModelForm(Crispy, forms.ModelForm):
    pass


class SiteTimeField(forms.CharField):
    """A wall-clock time of the site: read and shown in the site's zone, whatever the person's own zone is."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def __init__(self, *, zone, **kwargs):
        super().__init__(**kwargs)
        self.zone = ZoneInfo(zone)

    def prepare_value(self, value):
        return value.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime.datetime) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = datetime.datetime.fromisoformat(text[:16]).replace(tzinfo=self.zone)
        except ValueError as error:
            raise forms.ValidationError(_("A date and a time were expected.")) from error
        if not in_reach(moment):
            raise forms.ValidationError(_("A date and a time were expected."))
        return moment


class TokenForm(Form):
    """Where a link leads: the script of the page fills in what stands behind the #, or the person does."""

    token = forms.CharField(label=_("code of your link"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class SheetForm(Form):
    """A spreadsheet of which everything is right; otherwise each wrong cell is named and nothing is taken over."""

    sheet = forms.FileField(label=_("spreadsheet"))  # a kind of sheet names it anew, with the columns that it wants

    def read(self, name, data):
        """([row, …], [what is wrong, …]) of a file. Raises tables.Unreadable."""
        raise NotImplementedError

    def clean_sheet(self):
        upload = self.cleaned_data["sheet"]
        if upload.size > LARGEST_SHEET:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            rows, wrong = self.read(upload.name, upload.read())
        except Unreadable as error:
            raise forms.ValidationError(_("This is neither an XLSX workbook nor a CSV file.")) from error
        if not rows and not wrong:
            raise forms.ValidationError(_("The file holds no rows."))
        if len(wrong) > NAMED:
            wrong = [*wrong[:NAMED], _("… and %(count)d more.") % {"count": len(wrong) - NAMED}]
        if wrong:
            raise forms.ValidationError(wrong)
        return rows


def act(form, action, **kwargs):
    """Call `action(**kwargs)`. A refusal of the domain goes beside its field, and None comes back.

    Who is told what became of the row meanwhile has seen it then.
    """
    try:
        return action(**kwargs)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        if isinstance(error, Unseen):
            form.look_again()
        return None
