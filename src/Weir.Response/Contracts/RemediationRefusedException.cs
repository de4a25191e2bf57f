namespace Weir.Response.Contracts;

/// <summary>An action cannot be started as asked; the message tells the person what to change.</summary>
public sealed class RemediationRefusedException(string message) : Exception(message);
