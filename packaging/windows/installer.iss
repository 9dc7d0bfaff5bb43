; Makes the Windows installer from dist\warehouse-desk with Inno Setup 6:
;   iscc /DAppVersion=0.1.0 packaging\windows\installer.iss

#ifndef AppVersion
  #error Give the version: iscc /DAppVersion=...
#endif

[Setup]
; The identity by which an update finds the installed program; it never changes.
AppId={{6E2B7C1D-4F8A-4C63-9B5E-2A7D90C3F1B8}
AppName=Warehouse Desk
AppVersion={#AppVersion}
DefaultDirName={autopf}\Warehouse Desk
DefaultGroupName=Warehouse Desk
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=warehouse-desk-{#AppVersion}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[InstallDelete]
; Libraries of an earlier version must not mix with those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\warehouse-desk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{group}\Warehouse Desk"; Filename: "{app}\warehouse-desk.exe"
Name: "{autodesktop}\Warehouse Desk"; Filename: "{app}\warehouse-desk.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\warehouse-desk.exe"; Description: "{cm:LaunchProgram,Warehouse Desk}"; Flags: nowait postinstall skipifsilent
