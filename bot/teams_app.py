"""A Teams app as the settings name it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def tenant_id(value: str) -> str:
    """Activities name tenants by id, in small letters: by any other name, each would be another's."""
    found = value.strip().lower()
    if not _GUID.fullmatch(found):
        raise ValueError(
            "expected the tenant's id as Entra shows it, such as "
            "11111111-2222-3333-4444-555555555555, and no domain name"
        )
    return found


TenantId = Annotated[str, AfterValidator(tenant_id)]


class TeamsApp(BaseModel):
    """One Teams app: of one tenant, or (an older registration) for several, which are then listed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    secret: SecretStr = Field(min_length=1)
    tenant: TenantId | None = None
    tenants: tuple[TenantId, ...] = ()

    @model_validator(mode="after")
    def _one_or_several(self) -> TeamsApp:
        if bool(self.tenant) == bool(self.tenants):
            raise ValueError('expected "tenant" for an app of one tenant, or "tenants" for one of several')
        return self

    @property
    def reached_from(self) -> frozenset[str]:
        """The tenants whose activities are taken."""
        return frozenset(self.tenants or (self.tenant or "",))
