using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler make init-only members: the target framework of generators lacks it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
