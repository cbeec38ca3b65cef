PAGES = {"ticket": set()}


def things(story):
    return {"entry_id": story.sign_off.pk}
