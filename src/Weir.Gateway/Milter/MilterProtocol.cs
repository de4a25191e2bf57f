namespace Weir.Gateway.Milter;

/// <summary>The letters and bits of the Sendmail milter protocol, version 6 (libmilter/mfdef.h, mfapi.h).</summary>
internal static class MilterProtocol
{
    public const uint Version = 6;

    // From the mail server.
    public const char Abort = 'A';
    public const char Body = 'B';
    public const char Connect = 'C';
    public const char Macros = 'D';
    public const char EndOfMessage = 'E';
    public const char Helo = 'H';
    public const char QuitForNextConnection = 'K';
    public const char Header = 'L';
    public const char Mail = 'M';
    public const char EndOfHeaders = 'N';
    public const char Negotiate = 'O';
    public const char Quit = 'Q';
    public const char Recipient = 'R';
    public const char Data = 'T';
    public const char Unknown = 'U';

    // To the mail server.
    public const char Accept = 'a';
    public const char Continue = 'c';
    public const char Discard = 'd';
    public const char InsertHeader = 'i';
    public const char ChangeHeader = 'm';
    public const char Progress = 'p';
    public const char DeleteRecipient = '-';
    public const char ReplyCode = 'y';

    /// <summary>What Weir may do to a message: add, change and insert fields, remove recipients.</summary>
    public const uint Actions = 0x01 | 0x08 | 0x10;

    /// <summary>
    /// Steps that need no answer (header, connection, HELO, RCPT, DATA, end of headers, body; MAIL is answered, to refuse who may not send) and header values with their leading space:
    /// a signature is over the bytes as they were.
    /// </summary>
    public const uint NoUnknown = 0x100;
    public const uint NoReplyHeader = 0x80;
    public const uint NoReplyConnect = 0x1000;
    public const uint NoReplyHelo = 0x2000;
    public const uint NoReplyMail = 0x4000;
    public const uint NoReplyRecipient = 0x8000;
    public const uint NoReplyData = 0x10000;
    public const uint NoReplyUnknown = 0x20000;
    public const uint NoReplyEndOfHeaders = 0x40000;
    public const uint NoReplyBody = 0x80000;
    public const uint LeadingSpace = 0x100000;

    public const uint Wanted = NoUnknown | NoReplyHeader | NoReplyConnect | NoReplyHelo | NoReplyRecipient
        | NoReplyData | NoReplyUnknown | NoReplyEndOfHeaders | NoReplyBody | LeadingSpace;

    /// <summary>The bit that excuses the answer to a step; 0 for steps that always want one.</summary>
    public static uint NoReplyBit(char command) => command switch
    {
        Header => NoReplyHeader,
        Connect => NoReplyConnect,
        Helo => NoReplyHelo,
        Mail => NoReplyMail,
        Recipient => NoReplyRecipient,
        Data => NoReplyData,
        Unknown => NoReplyUnknown,
        EndOfHeaders => NoReplyEndOfHeaders,
        Body => NoReplyBody,
        _ => 0,
    };
}

/// <summary>The other side does not speak the protocol; the connection is closed.</summary>
internal sealed class MilterProtocolException(string message) : Exception(message);
