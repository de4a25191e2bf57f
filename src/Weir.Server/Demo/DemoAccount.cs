namespace Weir.Server.Demo;

/// <summary>An account of the demo.</summary>
internal sealed record DemoAccount(string Name, string DisplayName, string Password, string[] Roles, string ShortDescription);
