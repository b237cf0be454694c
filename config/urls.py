"""Every address of the house."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config.health import healthz
from config.languages import switch_language
from config.views import demo

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", switch_language, name="set_language"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("notices.api_urls")),
    path("api/v1/", include("measures.api_urls")),
    path("api/v1/", include("casework.api_urls")),
    path("demo/", demo, name="demo"),
    path("", include("notices.urls")),
    path("", include("counternotices.urls")),
    path("", include("measures.urls")),
    path("", include("casework.urls")),
]
