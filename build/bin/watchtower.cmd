@echo off
rem The command `watchtower`, run by the desktop app's own binary: no Node is needed.
"%~dp0..\..\Watchtower.exe" --cli -- %*
exit /b %ERRORLEVEL%
