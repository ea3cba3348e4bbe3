"""Local accounts are made by an administrator; nobody signs up. Each request reads its user by one query."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from initiatives.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AccountBackend(AuthenticationBackend):
    """allauth's login; who is logged in comes with the rights, which every page asks for."""

    def get_user(self, user_id: int) -> User | None:
        """None for a user who is gone or no longer active."""
        user = User.read(user_id)
        return user if user and self.user_can_authenticate(user) else None
