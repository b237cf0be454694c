"""What is refused before anything is recognised."""


class UnreadablePicture(ValueError):
    """The bytes are no picture that we take in; the sentence says why. For engineers, in English."""


class PictureTooLarge(UnreadablePicture):
    """More bytes or more pixels than we decode: refused before decoding."""
