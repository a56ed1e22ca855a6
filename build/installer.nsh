; `watchtower` on this user's PATH. PowerShell, because NSIS cuts a long PATH off.
!macro customInstall
  nsExec::Exec `powershell -NoProfile -NonInteractive -Command "$$bin = '$INSTDIR\resources\bin'; $$path = @([Environment]::GetEnvironmentVariable('Path', 'User') -split ';' | Where-Object { $$_ -and $$_ -ne $$bin }); [Environment]::SetEnvironmentVariable('Path', (($$path + $$bin) -join ';'), 'User')"`
!macroend

!macro customUnInstall
  nsExec::Exec `powershell -NoProfile -NonInteractive -Command "$$bin = '$INSTDIR\resources\bin'; $$path = @([Environment]::GetEnvironmentVariable('Path', 'User') -split ';' | Where-Object { $$_ -and $$_ -ne $$bin }); [Environment]::SetEnvironmentVariable('Path', ($$path -join ';'), 'User')"`
!macroend
