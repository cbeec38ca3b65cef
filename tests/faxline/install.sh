#!/bin/sh
# Debian 12: everything the private fax line needs.
#
# hylafax-server's postinst pipes three lines into the interactive `faxsetup -server` when
# /etc/hylafax/setup.cache does not exist.  The prompts then run out of input and it hangs:
# with a /dev/ttyS0 it waits for a modem there, without one (container) it asks
# "Serial port that modem is connected to [ttyS0]?" for ever (1.3 GB of log in 10 minutes).
# It also starts hfaxd on 0.0.0.0:4559.  A setup.cache put there beforehand avoids all of it.
set -e
export DEBIAN_FRONTEND=noninteractive
mkdir -p /etc/hylafax
[ -e /etc/hylafax/setup.cache ] || cat > /etc/hylafax/setup.cache <<'E'
AWK='/usr/bin/awk'
BASE64ENCODE='/bin/base64'
BIN='/usr/bin'
CAT='/bin/cat'
CHGRP='/bin/chgrp'
CHMOD='/bin/chmod'
CHOWN='/bin/chown'
CP='/bin/cp'
DPSRIP=''
ECHO='/bin/echo'
ENCODING='base64'
FAXQ_SERVER='yes'
FONTPATH='/usr/share/fonts/type1/gsfonts'
FUSER='fuser'
GREP='/bin/grep'
GSRIP='/usr/bin/gs'
HFAXD_SERVER='yes'
HFAXD_SNPP_SERVER='no'
IMPRIP='/usr/bin/psrip'
LIBDATA='/etc/hylafax'
LIBEXEC='/usr/sbin'
LN='/bin/ln'
MANDIR='/usr/share/man'
MIMENCODE='mimencode'
MKFIFO='/usr/bin/mkfifo'
MV='/bin/mv'
PATH='/usr/sbin:/bin:/usr/bin:/etc:/usr/local/bin'
PATHEGETTY='/etc/hylafax/egetty-link'
PATHGETTY='/etc/hylafax/getty-link'
PATHVGETTY='/etc/hylafax/vgetty-link'
PCL6CMD='pcl6'
PSPACKAGE='gs'
QPENCODE='qp-encode'
RM='/bin/rm'
SBIN='/usr/sbin'
SCRIPT_SH='/bin/bash'
SED='/bin/sed'
SENDMAIL='/usr/lib/sendmail'
SPOOL='/var/spool/hylafax'
SYSVINIT=''
TARGET='x86_64-pc-linux-gnu'
TIFF2PDF='/usr/bin/tiff2pdf'
TIFFBIN='/usr/bin'
TTYCMD='/usr/bin/tty'
UUCP_LOCKDIR='/var/lock'
UUCP_LOCKTYPE='ascii'
UUENCODE='uuencode'
E
# msmtp-mta only satisfies "mail-transport-agent" (else exim4 comes along); netbase: /etc/protocols, /etc/services
dpkg-query -W hylafax-server hylafax-client iaxmodem faketime libtiff-tools >/dev/null 2>&1 ||
    { apt-get update -q && apt-get install -qy --no-install-recommends hylafax-server hylafax-client iaxmodem msmtp-mta netbase faketime libtiff-tools; } </dev/null >/dev/null
