"""Every address of the portal with the status that each role gets; tests/test_access.py fails for one not listed.

Columns: not logged in, stranger (coordinator of another cluster), politician, coordinator, secretariat,
administrator. 302 for somebody not logged in is the way to the login page.
"""

ROLES = ("nobody", "stranger", "politician", "coordinator", "secretariat", "administrator")

OPEN = (200, 200, 200, 200, 200, 200)
MEMBERS = (302, 404, 200, 200, 200, 200)
# The page answers everybody who is logged in, with the facts of their own clusters.
OWN = (302, 200, 200, 200, 200, 200)
# Coordinators change it, the other members only see it.
COORDINATORS = (302, 404, 403, 200, 403, 403)
# An act without a page of its own.
POSTED = (302, 405, 405, 405, 405, 405)

# What an economist gets where it is something else than a politician does.
ECONOMISTS: dict[str, int] = {
    **dict.fromkeys(["finance:new_voucher", "finance:change_voucher", "finance:correct_voucher"], 200),
    "finance:reverse_voucher": 200,
}

SITE_MAP: dict[str, tuple[int, int, int, int, int, int]] = {
    "home": OWN,
    "dashboard:index": OWN,
    "dashboard:data": MEMBERS,
    "word_list": OPEN,
    "introduction": (302, 405, 405, 405, 405, 405),
    "accessibility": OPEN,
    "privacy": OPEN,
    "health": OPEN,
    "favicon": (302, 302, 302, 302, 302, 302),
    "portfolio:overview": OWN,
    "portfolio:initiative": MEMBERS,
    "portfolio:follow": (302, 405, 405, 405, 405, 405),
    "portfolio:views": OWN,
    # The coordinator's own view, shared with the cluster.
    "portfolio:view": (302, 404, 403, 200, 403, 403),
    "portfolio:delete_view": (302, 405, 405, 405, 405, 405),
    "portfolio:default_view": (302, 405, 405, 405, 405, 405),
    "initiatives:report_status": COORDINATORS,
    # Without a status of an earlier day there is nothing to repeat, and the page leads to the form.
    "initiatives:report_unchanged": COORDINATORS,
    "initiatives:comments": (302, 404, 403, 200, 200, 403),
    # The coordinator's own comment of today; others of the discussion are led back to the list.
    "initiatives:comment": (302, 404, 403, 200, 302, 403),
    "initiatives:files": MEMBERS,
    "initiatives:file": MEMBERS,
    "initiatives:remove_file": (302, 404, 403, 200, 200, 403),
    "plans:list": OWN,
    # A stranger makes plans in the own cluster.
    "plans:create": (302, 200, 403, 200, 403, 403),
    "plans:plan": MEMBERS,
    "plans:edit": COORDINATORS,
    "plans:succeed": COORDINATORS,
    "plans:theme_create": COORDINATORS,
    "plans:theme": COORDINATORS,
    "plans:theme_move": POSTED,
    "plans:theme_remove": POSTED,
    "register:start": (302, 302, 302, 302, 302, 302),
    **dict.fromkeys(["register:actor_list", "register:forum_list", "register:person_list"], OWN),
    **dict.fromkeys(
        ["register:actor_create", "register:forum_create", "register:person_create"], (302, 200, 403, 200, 403, 200)
    ),
    # Parties and people are shared by all clusters; a forum is seen in its own cluster or region.
    "register:actor": OWN,
    "register:person": OWN,
    "register:forum": MEMBERS,
    # Which other one it is the same as.
    **dict.fromkeys(["register:actor_merge", "register:person_merge"], (302, 403, 403, 200, 403, 200)),
    **dict.fromkeys(["register:actor_take_back", "register:person_take_back"], POSTED),
    **dict.fromkeys(["register:actor_remove", "register:forum_remove", "register:person_remove"], POSTED),
    "initiatives:create": COORDINATORS,
    "initiatives:edit": COORDINATORS,
    # The text, which the secretariat edits too; test_arrange_edit.py has the other parts.
    "initiatives:edit_part": (302, 404, 403, 200, 200, 403),
    "initiatives:withdraw": COORDINATORS,
    "initiatives:withdrawn": MEMBERS,
    "finance:annex": OWN,
    "finance:data": MEMBERS,
    "finance:vouchers": OWN,
    "finance:voucher": MEMBERS,
    "finance:voucher_file": MEMBERS,
    # Spend, which coordinators register too.
    "finance:new_voucher": (302, 404, 403, 200, 403, 403),
    # The economist's own proposal and posted voucher.
    **dict.fromkeys(
        ["finance:change_voucher", "finance:correct_voucher", "finance:reverse_voucher"], (302, 404, 403, 403, 403, 403)
    ),
    **dict.fromkeys(["finance:post_voucher", "finance:withdraw_voucher", "finance:add_voucher_file"], POSTED),
    "finance:closing": OWN,
    "finance:closing_year": MEMBERS,
    "finance:settlement": OWN,
    "finance:simulation": OWN,
    "finance:parties": OWN,
    # Midt has no joint financing; test_settlement_page.py and test_pool_pages.py ask for Nord's.
    **dict.fromkeys(["finance:share", "finance:party"], (302, 404, 404, 404, 404, 404)),
    "outcomes:results": OWN,
    "outcomes:data": MEMBERS,
    "reconciliation:figures": OWN,
    "search:results": OWN,
    "reports:list": OWN,
    "reports:evaluation": (302, 403, 403, 403, 200, 403),
    "reports:report": MEMBERS,
    "reports:download": MEMBERS,
    "reports:retry": (302, 404, 405, 405, 405, 405),
    "notices:list": OWN,
    "notices:choose": OWN,
    "reports:cancel": (302, 404, 405, 405, 405, 405),
    "reports:overview": OWN,
    "reports:economy": OWN,
    "reports:initiative": OWN,
    # One plan: straight on to its texts.
    "reports:texts": (302, 403, 403, 403, 302, 403),
    "reports:edit_texts": (302, 404, 403, 403, 200, 403),
    "people:account": OWN,
    "people:users": (302, 403, 403, 403, 403, 200),
    "people:create": (302, 403, 403, 403, 403, 200),
    "people:user": (302, 403, 403, 403, 403, 200),
    "people:access": (302, 403, 403, 403, 403, 200),
    "people:link": POSTED,
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

# What is answered to a POST that would be allowed to somebody: an act without a page, or the page's own form.
POSTS: dict[str, tuple[int, int, int, int, int, int]] = {
    "introduction": (302, 302, 302, 302, 302, 302),
    "portfolio:follow": (302, 404, 302, 302, 302, 302),
    # Everybody who may open a view may begin with it; only its owner deletes it.
    "portfolio:default_view": (302, 404, 302, 302, 302, 302),
    "portfolio:delete_view": (302, 404, 403, 302, 403, 403),
    "initiatives:comments": (302, 404, 403, 302, 302, 403),
    "initiatives:remove_file": (302, 404, 403, 302, 302, 403),
    "plans:theme_move": (302, 404, 403, 302, 403, 403),
    "plans:theme_remove": (302, 404, 403, 302, 403, 403),
    # All but the economist, whom test_voucher_page.py follows.
    **dict.fromkeys(
        ["finance:post_voucher", "finance:withdraw_voucher", "finance:add_voucher_file"], (302, 404, 403, 403, 403, 403)
    ),
    # Parties and people are seen by all, and deleted by those whose organisations they are.
    "register:actor_remove": (302, 403, 403, 302, 403, 302),
    "register:person_remove": (302, 403, 403, 302, 403, 302),
    "register:forum_remove": (302, 404, 403, 302, 403, 302),
    # Nothing to choose from is sent, and a row that is in use already: the page tells.
    "register:actor_merge": (302, 403, 403, 200, 403, 200),
    "register:person_merge": (302, 403, 403, 200, 403, 200),
    "register:actor_take_back": (302, 403, 403, 302, 403, 302),
    "register:person_take_back": (302, 403, 403, 302, 403, 302),
    # An evaluation, which the secretariat makes.
    "reports:retry": (302, 404, 403, 403, 302, 403),
    "reports:cancel": (302, 404, 403, 403, 302, 403),
    "people:link": (302, 403, 403, 403, 403, 302),
}

# The admin: its own pages, and five for each model. Only administrators get in; others are led to the login page.
ADMIN_PAGES = {
    *("index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"),
    *("view_on_site", "app_list", "(?P<url>.*)$", "<path:object_id>/"),
}
ADMIN_OF_MODEL = ("changelist", "add", "history", "delete", "change")
# By model, what its list answers an administrator: reference data is theirs, what packages register is not.
ADMIN_MODELS = {
    "initiatives_cluster": 200,
    "initiatives_forum": 200,
    "initiatives_actor": 200,
    "initiatives_person": 200,
    "initiatives_actionplan": 200,
    "initiatives_theme": 200,
    "finance_apportionmentkey": 200,
    "finance_financingrule": 200,
    "finance_ratetable": 200,
    "finance_priceadjustment": 200,
    "finance_trackchoice": 200,
    "account_emailaddress": 403,
    "auth_group": 403,
    "django_tasks_database_dbtaskresult": 403,
}
