"""What may be set from outside: `VISAVIS_STORE`, `VISAVIS_BASE_URL` and so on. Nothing else reads the environment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the service; what is not given is taken from the environment, under `VISAVIS_`.

    Parameters
    ----------
    store : str
        The store to serve.
    title : str
        Name of the service, as clients list it.
    limit, max_limit : int
        Features of a page where the request names no number, and at most.
    cors_origins : tuple of str
        Web pages of which other hosts may read the data: all of them, as it is public.
    base_url : str, optional
        Address under which the service is reached from outside, without a slash at the end. Where it is
        missing, links repeat the host that the request named.
    pictures : bool
        Whether cameras' pictures are drawn when asked for.
    log : str
        What is written down: ``errors``, or ``requests`` too, each as a line of JSON without a client's address
        and without anything that says which place was asked for.
    metrics : bool
        Whether `/metrics` tells Prometheus what was answered and how fast.
    rate_per_minute : int
        Requests that one address may make in a minute; 0 for as many as it likes. Addresses are kept in memory
        for that minute, and nowhere else.
    max_url_bytes : int
        Length of a request's address, at most.
    patience_s : float
        How long the features of one answer may take to find.
    grace_s : int
        How long answers under way may take to end when the service is told to stop.
    tile_cache_bytes : int
        How much memory finished tiles may take.
    """

    model_config = SettingsConfigDict(env_prefix="VISAVIS_", frozen=True)

    store: str
    title: str = "visavis"
    limit: int = Field(default=100, ge=1)
    max_limit: int = Field(default=10_000, ge=1)
    cors_origins: tuple[str, ...] = ("*",)
    base_url: str | None = None
    pictures: bool = True
    log: Literal["errors", "requests"] = "errors"
    metrics: bool = False
    rate_per_minute: int = Field(default=0, ge=0)
    max_url_bytes: int = Field(default=16_384, ge=256)
    patience_s: float = Field(default=10.0, gt=0)
    grace_s: int = Field(default=10, ge=0)
    tile_cache_bytes: int = Field(default=32_000_000, ge=0)
