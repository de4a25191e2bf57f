namespace Weir.Access.Contracts;

/// <summary>The outcome of a sign-in attempt.</summary>
public enum SignInOutcome
{
    Success,
    WrongNameOrPassword,
    LockedOut,
    Disabled,
}
