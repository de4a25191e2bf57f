namespace Weir.Server.Hosting;

/// <summary>The configuration is wrong; the message is for the person who wrote it.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
