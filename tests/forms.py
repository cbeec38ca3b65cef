"""What a browser sends of a form that it was shown."""


def posted(form):
    """{field: value} of everything that the page filled in; what is empty, or a box without a tick, is not sent."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, "", []) and value is not False}
