"""What templates ask a page of the directory: whether the person may do this."""

from core.pages import Allowed


class CustomerAccess:
    """Claims about the signed-in person that every page of the directory makes: `class List(CustomerAccess, Page)`."""

    can_add = Allowed("customers.add_customer")
    can_edit = Allowed("customers.change_customer")
    can_delete = Allowed("customers.delete_customer")
    can_restore = Allowed("customers.restore_customer")
    can_anonymise = Allowed("customers.anonymise_customer")
    can_merge = Allowed("customers.merge_customer")
    can_import = Allowed("customers.import_customer")
    can_export = Allowed("customers.export_customer")
