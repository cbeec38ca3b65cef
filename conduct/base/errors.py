class DomainError(Exception):
    """The domain says no, in words for the person who asked.

    `message` is translated; `field` names the form field it belongs beside, or None for the whole form.
    """

    def __init__(self, message, *, field=None):
        super().__init__(message)
        self.message, self.field = message, field


class ForbiddenMove(DomainError):
    """The state does not allow this step, or somebody else was faster."""
