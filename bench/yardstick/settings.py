"""Settings of the bare DRF service: nothing that it can do without, so that it is fast."""

from config import env, servers

SECRET_KEY = env.env_str("SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {
    "default": servers.parse_database_url(env.env_str("DATABASE_URL"), name="DATABASE_URL")
    | {"CONN_MAX_AGE": servers.CONNECTION_SECONDS}
}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "rest_framework",
    "rest_framework.authtoken",
    "bench.yardstick",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "bench.yardstick.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
}
