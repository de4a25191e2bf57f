namespace Weir.Server.Local;

/// <summary>What <c>weir account</c> wants done with accounts.</summary>
internal enum AccountDeed
{
    List,
    Add,
    Password,
    Disable,
    Enable,
    Roles,
}
