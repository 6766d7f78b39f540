"""What runs Sharewise for a test, the nearest to the test first:

`person.Person` is one person who talks to the dialogs alone, without a process or a store.
`sharewise.Sharewise` is a process in the test's own, on a real server, between fake platforms.
`whole.Whole` is all of it over real HTTP, between the playground's stand-ins.
`process.Process` is one of its own, which may be killed; `outside` has a Slack that outlives it.
"""
