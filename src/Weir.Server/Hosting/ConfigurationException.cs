using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Weir.Access;
using Weir.Detection;
using Weir.Directory;
using Weir.Events;
using Weir.Gateway;
using Weir.Intelligence;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mailboxes;
using Weir.Portal;
using Weir.Response;
using Weir.Server.Local;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Server.Hosting;

/// <summary>The configuration is wrong; the message is for the person who wrote it.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
