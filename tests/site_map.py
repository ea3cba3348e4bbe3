"""Every address of the portal with the status that each role gets; tests/test_access.py fails for one not listed.

Columns: not logged in, stranger (coordinator of another cluster), politician, coordinator, secretariat,
administrator. 302 for somebody not logged in is the way to the login page.
"""

ROLES = ("nobody", "stranger", "politician", "coordinator", "secretariat", "administrator")

OPEN = (200, 200, 200, 200, 200, 200)
MEMBERS = (302, 404, 200, 200, 200, 200)
# The page answers everybody who is logged in, with the facts of their own clusters.
OWN = (302, 200, 200, 200, 200, 200)

SITE_MAP: dict[str, tuple[int, int, int, int, int, int]] = {
    "home": OWN,
    "dashboard:index": OWN,
    "dashboard:data": MEMBERS,
    "accessibility": OPEN,
    "privacy": OPEN,
    "health": OPEN,
    "portfolio:overview": OWN,
    "portfolio:initiative": MEMBERS,
    "initiatives:report_status": (302, 404, 403, 200, 403, 403),
    "finance:annex": OWN,
    "outcomes:results": OWN,
    "reconciliation:figures": OWN,
    "search:results": OWN,
    "reports:list": OWN,
    "reports:evaluation": (302, 403, 403, 403, 200, 403),
    "reports:report": MEMBERS,
    "reports:download": MEMBERS,
    "reports:retry": (302, 404, 405, 405, 405, 405),
    "people:account": OWN,
    "people:users": (302, 403, 403, 403, 403, 200),
    "people:create": (302, 403, 403, 403, 403, 200),
    "people:user": (302, 403, 403, 403, 403, 200),
    "people:access": (302, 403, 403, 403, 403, 200),
    "people:link": (302, 405, 405, 405, 405, 405),
    "set_language": (405, 405, 405, 405, 405, 405),
    "account_login": (200, 302, 302, 302, 302, 302),
    "account_logout": (302, 200, 200, 200, 200, 200),
    "account_signup": (200, 302, 302, 302, 302, 302),
    "account_inactive": OPEN,
    "account_reauthenticate": (302, 200, 200, 200, 200, 200),
    "account_change_password": (302, 200, 200, 200, 200, 200),
    "account_set_password": (302, 302, 302, 302, 302, 302),
    "account_email": (302, 302, 302, 302, 302, 302),
    "account_email_verification_sent": OPEN,
    "account_confirm_email": OPEN,
    "account_confirm_login_code": (302, 302, 302, 302, 302, 302),
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": OPEN,
    "account_reset_password_from_key_done": OPEN,
}
