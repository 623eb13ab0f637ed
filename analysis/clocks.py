"""The clocks an outlet may print its times by: its country's, which the source or the ending of its host tells."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo

from analysis.urls import host

CASABLANCA = ZoneInfo("Africa/Casablanca")

# Countries whose press keeps one clock (of Spain and Portugal that of the mainland).
_ONE_CLOCK = {
    "Africa": "DZ Algiers, CI Abidjan, CM Douala, EG Cairo, GA Libreville, GM Banjul, GN Conakry, KE Nairobi, "
    "LY Tripoli, MA Casablanca, ML Bamako, MR Nouakchott, NE Niamey, NG Lagos, SD Khartoum, SN Dakar, TN Tunis, "
    "ZA Johannesburg",
    "America": "AR Argentina/Buenos_Aires, BO La_Paz, CO Bogota, CR Costa_Rica, CU Havana, GT Guatemala, PA Panama, "
    "PE Lima, PY Asuncion, SV El_Salvador, UY Montevideo, VE Caracas",
    "Asia": "AE Dubai, BH Bahrain, CN Shanghai, IN Kolkata, IQ Baghdad, IR Tehran, JO Amman, JP Tokyo, KW Kuwait, "
    "LB Beirut, OM Muscat, PK Karachi, PS Hebron, QA Qatar, SA Riyadh, SY Damascus, YE Aden",
    "Europe": "AT Vienna, BE Brussels, CH Zurich, CZ Prague, DE Berlin, DK Copenhagen, ES Madrid, FI Helsinki, "
    "FR Paris, GB London, GR Athens, IE Dublin, IT Rome, LU Luxembourg, MT Malta, NL Amsterdam, NO Oslo, PL Warsaw, "
    "PT Lisbon, RO Bucharest, SE Stockholm, TR Istanbul, UK London",
}
_CLOCK = {
    code: (f"{region}/{city}",)
    for region, places in _ONE_CLOCK.items()
    for code, city in (place.split() for place in places.split(", "))
}
# Of countries with several: the one furthest west and the one furthest east.
_CLOCKS = {
    **_CLOCK,
    "BR": ("America/Rio_Branco", "America/Noronha"),
    "CA": ("America/Vancouver", "America/St_Johns"),
    "CL": ("Pacific/Easter", "America/Santiago"),
    "EC": ("Pacific/Galapagos", "America/Guayaquil"),
    "MX": ("America/Tijuana", "America/Cancun"),
    "RU": ("Europe/Kaliningrad", "Asia/Kamchatka"),
    "US": ("Pacific/Honolulu", "America/New_York"),
}
_ANYWHERE = ("America/Los_Angeles", "Asia/Dubai")  # where the press of the four languages is printed
_COUNTRY_LETTERS = 2


def clocks_of(url: str, country: str | None = None) -> tuple[tzinfo, ...]:
    """Return the clock of an outlet's country, or the two between which all of its clocks lie.

    The country (ISO 3166-1 alpha-2) is that of the source; where it is not known, the ending of the host tells, and a
    host without a country's ending is taken to be Moroccan.
    """
    if country is None:
        ending = host(url).rpartition(".")[2]
        country = ending.upper() if len(ending) == _COUNTRY_LETTERS else "MA"
    return tuple(ZoneInfo(name) for name in _CLOCKS.get(country, _ANYWHERE))
