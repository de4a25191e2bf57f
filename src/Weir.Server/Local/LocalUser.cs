using Weir.Access.Contracts;

namespace Weir.Server.Local;

/// <summary>Somebody at the command line, who may read and write the data directory anyway.</summary>
internal static class LocalUser
{
    public static Caller Caller(string name, params Permission[] permissions) => new($"local:{name}", name, new HashSet<Permission>(permissions));
}
