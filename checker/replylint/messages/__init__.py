"""Every sentence the tool says, in English and Traditional Chinese."""
