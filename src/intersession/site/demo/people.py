"""The sample people of the demo. All invented; every page marks them *sample*."""

from dataclasses import dataclass

from intersession.people.states import Group, Region


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented person: key, name, group, region, country (ISO 3166-1), affiliation, zone."""

    key: str
    name: str
    group: Group
    region: Region
    country: str
    affiliation: str
    zone: str

    @property
    def email(self) -> str:
        """Return the address, in a domain that can receive no mail (RFC 2606)."""
        return f"{self.key}@example.org"


COORDINATOR = "amina"
MEMBER = "tomas"
SECRETARIAT_ADDRESS = "secretariat@example.org"

PEOPLE = [
    Sample(
        "amina",
        "Amina Diarra",
        Group.CIVIL_SOCIETY,
        Region.AFRICA,
        "SN",
        "Village Networks Forum",
        "Africa/Dakar",
    ),
    Sample(
        "tomas",
        "Tomás Herrera",
        Group.TECHNICAL,
        Region.LATIN_AMERICA,
        "AR",
        "Open Mesh Workshop",
        "America/Argentina/Buenos_Aires",
    ),
    Sample(
        "priya",
        "Priya Ramanathan",
        Group.TECHNICAL,
        Region.ASIA_PACIFIC,
        "IN",
        "Hill Radio Lab",
        "Asia/Kolkata",
    ),
    Sample(
        "jonas",
        "Jonas Lindqvist",
        Group.GOVERNMENT,
        Region.WESTERN_EUROPE,
        "SE",
        "A ministry of communications",
        "Europe/Stockholm",
    ),
    Sample(
        "olena",
        "Olena Kovalchuk",
        Group.TECHNICAL,
        Region.EASTERN_EUROPE,
        "UA",
        "Steppe Exchange Point",
        "Europe/Kyiv",
    ),
    Sample(
        "keiko",
        "Keiko Tanabe",
        Group.PRIVATE_SECTOR,
        Region.ASIA_PACIFIC,
        "JP",
        "Island Carrier Company",
        "Asia/Tokyo",
    ),
    Sample(
        "samuel",
        "Samuel Okoro",
        Group.GOVERNMENT,
        Region.AFRICA,
        "NG",
        "A communications regulator",
        "Africa/Lagos",
    ),
    Sample(
        "lucia",
        "Lucía Ferreyra",
        Group.CIVIL_SOCIETY,
        Region.LATIN_AMERICA,
        "UY",
        "Neighbours Online",
        "America/Montevideo",
    ),
    Sample(
        "marc",
        "Marc Delorme",
        Group.INTERGOVERNMENTAL,
        Region.WESTERN_EUROPE,
        "FR",
        "An intergovernmental organization",
        "Europe/Paris",
    ),
    Sample(
        "rania",
        "رانية حداد",
        Group.CIVIL_SOCIETY,
        Region.ASIA_PACIFIC,
        "JO",
        "Desert Links",
        "Asia/Amman",
    ),
    Sample(
        "wei",
        "陈薇",
        Group.PRIVATE_SECTOR,
        Region.ASIA_PACIFIC,
        "CN",
        "Rural Towers Cooperative",
        "Asia/Shanghai",
    ),
    Sample(
        "dmitri",
        "Дмитрий Орлов",
        Group.TECHNICAL,
        Region.EASTERN_EUROPE,
        "RU",
        "Northern Radio Club",
        "Europe/Moscow",
    ),
]
