namespace Weir.Gateway.Listening;

/// <summary>Why a message could not be taken in whole.</summary>
internal enum NotTaken { No, TooLarge, NoMemory, TooManyRecipients }
