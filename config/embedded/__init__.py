"""PostgreSQL from the installed wheel, for an installation that names no other server.

Django's engine `config.embedded` starts it at the first connection (base.py); a process that has used it stops it
when it ends, unless another process uses it still (server.py).
"""
