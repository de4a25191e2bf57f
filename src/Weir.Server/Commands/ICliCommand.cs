using System.CommandLine;

namespace Weir.Server.Commands;

/// <summary>One command of <c>weir</c>. Found by convention: one sealed class, one file.</summary>
internal interface ICliCommand
{
    Command Build();
}
