from tests.factories import projects

PAGES = {"order": {"chen"}, "project": {"chen", "manager_sun", "techmgr_qian", "wang"}}


def things(story):
    project = projects.project(story.order.customer, story.manager_sun, story.chen, story.at)
    projects.member(project, story.wang, story.chen, story.at)
    return {"project.number": project.number}
