
      export type PossibleTypesResultData = {
  "possibleTypes": {
    "Item": [
      "Blacklist",
      "Campaign",
      "ContactList",
      "Template"
    ],
    "Node": [
      "Account",
      "Blacklist",
      "BlacklistEntry",
      "Campaign",
      "Collaborator",
      "Contact",
      "ContactList",
      "Invitation",
      "Job",
      "Lead",
      "Template",
      "User"
    ],
    "Person": [
      "Collaborator",
      "Invitation"
    ]
  }
};
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "Item": [
      "Blacklist",
      "Campaign",
      "ContactList",
      "Template"
    ],
    "Node": [
      "Account",
      "Blacklist",
      "BlacklistEntry",
      "Campaign",
      "Collaborator",
      "Contact",
      "ContactList",
      "Invitation",
      "Job",
      "Lead",
      "Template",
      "User"
    ],
    "Person": [
      "Collaborator",
      "Invitation"
    ]
  }
};
      export default result;
    