"""Addresses of finance."""

from django.urls import path

from . import (
    closing_views,
    converters,
    entry_views,
    pool_views,
    settlement_views,
    simulation_views,
    views,
    voucher_views,
)
from .voucher_list import VoucherList

converters.register()

VOUCHER = "bilag/<slug:cluster>/<reference:reference>/"

app_name = "finance"
urlpatterns = [
    path("", views.annex_view, name="annex"),
    path("<slug:name>.csv", views.data, name="data"),
    # Vouchers. A reference may be anything, so what stands below one comes first.
    path("bilag/", VoucherList.as_view(), name="vouchers"),
    path("bilag/<slug:cluster>/ny/<slug:word>/", entry_views.new_voucher, name="new_voucher"),
    path("bilag/<slug:cluster>/fil/<int:pk>/", voucher_views.voucher_file, name="voucher_file"),
    path(f"{VOUCHER}bogfoer/", voucher_views.post_voucher, name="post_voucher"),
    path(f"{VOUCHER}traek-tilbage/", voucher_views.withdraw_voucher, name="withdraw_voucher"),
    path(f"{VOUCHER}tilbagefoer/", voucher_views.reverse_voucher, name="reverse_voucher"),
    path(f"{VOUCHER}filer/", voucher_views.add_voucher_file, name="add_voucher_file"),
    path(f"{VOUCHER}aendr/", entry_views.change_voucher, name="change_voucher"),
    path(f"{VOUCHER}ret/", entry_views.correct_voucher, name="correct_voucher"),
    path(VOUCHER, voucher_views.voucher, name="voucher"),
    # Closing of years.
    path("aarsafslutning/", closing_views.years, name="closing"),
    path("aarsafslutning/<slug:cluster>/<int:year>/", closing_views.year, name="closing_year"),
    # What is paid jointly.
    path("afregning/", settlement_views.settlement_view, name="settlement"),
    path("afregning/<slug:slug>/<int:year>/<int:party>/", settlement_views.share_view, name="share"),
    path("fordeling/", simulation_views.simulation, name="simulation"),
    path("parter/", pool_views.parties, name="parties"),
    path("parter/<slug:slug>/<int:party>/", pool_views.party_view, name="party"),
]
