"""The routes of a plain `ModelViewSet`."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import BaseSerializer, ModelSerializer
from rest_framework.viewsets import ModelViewSet

from bench.yardstick.models import Episode


class EpisodeSerializer(ModelSerializer[Episode]):
    """Every column but the person, who is the caller."""

    class Meta:
        model = Episode
        exclude = ("person",)


class Episodes(ModelViewSet[Episode]):
    """The episodes of the caller, the newest first."""

    serializer_class = EpisodeSerializer

    def get_queryset(self) -> QuerySet[Episode]:
        return Episode.objects.filter(person=self.request.user).order_by("-start")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.save(person=self.request.user)


router = SimpleRouter()
router.register("episodes", Episodes, basename="episode")
urlpatterns = router.urls
