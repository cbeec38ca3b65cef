from .errors import ForbiddenMove
from .sentences import in_each_language
from .sentences import sentence as _


def move(obj, to, **changes):
    """Change `obj.state` through its one door: the model's TRANSITIONS table and a conditional UPDATE.

    `changes` are written in the same UPDATE. The object in hand is brought up to date.
    Raises ForbiddenMove if the table has no such move, or if the row left `obj.state` meanwhile; its message is a Sentence, because
    what a laptop brings is refused now and read later.
    """
    here = obj.state
    if to not in obj.TRANSITIONS.get(here, ()):
        raise ForbiddenMove(
            _("This is “%(here)s” now and cannot become “%(to)s”.") % {"here": _word(obj, here), "to": _word(obj, to)}
        )
    done = type(obj)._base_manager.filter(pk=obj.pk, state=here).update(state=to, **changes)
    if not done:
        obj.refresh_from_db(fields=["state"])
        raise ForbiddenMove(
            _("Somebody was faster: this is “%(now)s” by now. Nothing was changed.") % {"now": _word(obj, obj.state)}
        )
    obj.state = to
    for name, value in changes.items():
        setattr(obj, name, value)


def _word(obj, state):
    return in_each_language(lambda: dict(obj._meta.get_field("state").flatchoices).get(state, state))
