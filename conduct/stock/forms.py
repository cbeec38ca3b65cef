from conduct.base.forms import ModelForm

from .models import Place


class PlaceForm(ModelForm):
    class Meta:
        model = Place
        fields = ["name", "note", "holds_broken", "is_active"]
