"""Where everything is found; addresses are Danish words."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from . import pages
from .help import views as help_views
from .people import language

# The admin, for reference data, is entered through the portal's own login with its throttle.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler403 = "clusterportal.help.refusals.permission_denied"

urlpatterns = [
    path("", include("clusterportal.dashboard.urls")),
    # First: "ny" is no initiative's address.
    path("indsatser/", include("initiatives.urls")),
    path("handleplaner/", include("clusterportal.plans.urls")),
    path("stamdata/", include("clusterportal.register.urls")),
    path("indsatser/", include("clusterportal.portfolio.urls")),
    path("oekonomi/", include("finance.urls")),
    path("resultater/", include("outcomes.urls")),
    path("afstemning/", include("clusterportal.reconciliation.urls")),
    path("rapporter/", include("clusterportal.reports.urls")),
    path("soeg/", include("clusterportal.search.urls")),
    path("", include("clusterportal.notices.urls")),
    path("", include("clusterportal.people.urls")),
    path("sprog/", language.choose, name="set_language"),
    # allauth's own page would change an address without a trace; the account page keeps one.
    path("konto/email/", RedirectView.as_view(pattern_name="people:account"), name="account_email"),
    path("konto/introduktion/", help_views.introduction, name="introduction"),
    path("konto/", include("allauth.account.urls")),
    path("ordliste/", help_views.word_list, name="word_list"),
    path("was", pages.accessibility, name="accessibility"),
    path("privatliv/", pages.privacy, name="privacy"),
    path("healthz", pages.health, name="health"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
