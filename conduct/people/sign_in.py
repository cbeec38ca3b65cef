from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Without allauth's "forgot your password?": a forgotten password is set anew by the administrator, never by mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
