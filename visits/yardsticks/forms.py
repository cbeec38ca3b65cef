from conduct.base.forms import ModelForm

from .models import Yardstick


class YardstickForm(ModelForm):
    class Meta:
        model = Yardstick
        fields = ["punctual_minutes", "repeat_days", "home_by", "reason"]
