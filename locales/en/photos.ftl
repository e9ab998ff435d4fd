photo-too-large = This picture is over { $most } MB, too large to take. Please send it as a photo, not as a file.
photo-no-picture = This file is no photo we can open. Please take one now, or choose one from your gallery.
photo-broken = The photo you sent { $time } cannot be opened; it may not have come through whole. If you are still there, please take another one.
