"""What many people's answers come to, of several organisations: joint readiness checks and pulses.

Forms and answers go in (``closing.joint_result``, ``pulse.pulse``); what comes out is fit to be shown and
kept, since the small-group rules (``groups``) hold for all of it. Pure: no clock, no storage, no platform.
"""
