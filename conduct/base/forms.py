from crispy_forms.helper import FormHelper
from django import forms

from .errors import DomainError


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


def act(form, action, **kwargs):
    """Call `action(**kwargs)`. A refusal of the domain goes beside its field, and None comes back."""
    try:
        return action(**kwargs)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
