"""What may be set from outside: `VISAVIS_STORE`, `VISAVIS_BASE_URL` and so on."""

from __future__ import annotations

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
    """

    model_config = SettingsConfigDict(env_prefix="VISAVIS_", frozen=True)

    store: str
    title: str = "visavis"
    limit: int = Field(default=100, ge=1)
    max_limit: int = Field(default=10_000, ge=1)
    cors_origins: tuple[str, ...] = ("*",)
    base_url: str | None = None
    pictures: bool = True
