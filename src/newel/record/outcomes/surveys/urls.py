"""Addresses of those who run surveys."""

from django.urls import path

from newel.record.outcomes.surveys.views import waves

app_name = "surveys"
WAVE = "<public_id:wave_id>"

urlpatterns = [
    path("", waves.waves, name="waves"),
    path("plan/", waves.plan, name="plan"),
    path(f"{WAVE}/", waves.wave, name="wave"),
    path(f"{WAVE}/slips/<slug:asked>/", waves.make_slips, name="make_slips"),
    path(f"{WAVE}/close/", waves.close, name="close"),
    path(f"{WAVE}/together/<slug:asked>/", waves.together, name="together"),
    path(f"{WAVE}/results/", waves.results, name="results"),
    path(f"{WAVE}/results/<slug:kind>/", waves.results_file, name="results_file"),
]
