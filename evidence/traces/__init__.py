"""What a file says about its own making: labels, parameters, manifests. Pure: no Django, no database, no clock.

What is found is what somebody wrote into the file. It leads somewhere; it proves nothing, and its absence proves nothing.
"""
