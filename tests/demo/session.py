"""The cookies with which somebody is signed in to a make-believe office, whichever it is."""

from agent.demo.offices import Office


def cookies_of(office: Office, username: str, shop: str) -> dict[str, str]:
    """Return the cookies of a session that starts now; the account shows *shop* in it."""
    state = office.start_session(username, shop)
    return {one["name"]: one["value"] for one in state["cookies"]}
