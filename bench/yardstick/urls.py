"""The routes of a plain `ModelViewSet`."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import BaseSerializer, ModelSerializer
from rest_framework.viewsets import ModelViewSet

from bench.yardstick.models import Episode, WholeEpisode


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


class WholeEpisodeSerializer(ModelSerializer[WholeEpisode]):
    """Every column but the person; what Quiver sets by itself is not read from the phone."""

    class Meta:
        model = WholeEpisode
        exclude = ("person",)
        read_only_fields = ("version", "seq", "deleted", "received_at", "time_flags", "skew_ms")


class WholeEpisodes(ModelViewSet[WholeEpisode]):
    """The whole episodes of the caller, the newest first."""

    serializer_class = WholeEpisodeSerializer

    def get_queryset(self) -> QuerySet[WholeEpisode]:
        return WholeEpisode.objects.filter(person=self.request.user).order_by("-start_at")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.save(person=self.request.user)


router = SimpleRouter()
router.register("episodes", Episodes, basename="episode")
router.register("whole-episodes", WholeEpisodes, basename="whole-episode")
urlpatterns = router.urls
